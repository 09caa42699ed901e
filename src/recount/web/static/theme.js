"use strict";
// Before the first paint, so that a chosen theme never flashes.
const chosenTheme = localStorage.getItem("recount-theme");
if (chosenTheme) document.documentElement.dataset.theme = chosenTheme;
