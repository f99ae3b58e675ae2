// Small kindnesses of every page; all of it works without them.
"use strict";

// On a narrow screen the sections are one line to be pushed: the one that is open stands in sight.
const nav = document.querySelector(".nav ul");
const chosen = nav && nav.querySelector("[aria-current]");
if (chosen) {
  const room = nav.getBoundingClientRect();
  const stands = chosen.getBoundingClientRect();
  nav.scrollLeft += stands.left + stands.width / 2 - (room.left + room.width / 2);
}
