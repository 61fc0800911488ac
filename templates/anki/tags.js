/* The question's own tags, in the small print. Anki hands over all of the note: those that quizgen
   keeps for itself and those that a learner gave it stay where they are, in Anki. Without scripts
   none is shown. */
(function () {
  "use strict";
  const place = document.querySelector(".qz .tags");
  if (!place) return;
  const own = place.dataset.tags.split(" ").map((tag) => /^quizgen::[^:]+::tag::(.+)$/i.exec(tag));
  place.textContent = own.filter(Boolean).map((found) => found[1].replace(/_/g, "\u00a0")).join(", ");
})();
