/** The search for the best translation, by the scores that a network gives the next token. */
package org.espalier.tasks.translation.search;
