/** Scores of translations against reference translations. */
package org.espalier.text.scores;
