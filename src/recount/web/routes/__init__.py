"""One module for each page or group of calls; all are thin: they read what was asked and hand it on."""
