"use strict";
// Before the first paint, so that a chosen theme never flashes.
const chosenTheme = localStorage.getItem("recount-theme");
if (chosenTheme) document.documentElement.dataset.theme = chosenTheme;

// The path that a proxy serves the desk under ("/recount"), or nothing; every address of ours goes through here.
const deskRoot = document.documentElement.dataset.root ?? "";
const underRoot = (path) => (path.startsWith(`${deskRoot}/`) ? path : deskRoot + path);
