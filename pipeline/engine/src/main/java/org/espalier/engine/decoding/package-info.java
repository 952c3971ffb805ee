/** Scores of tokens one after the other, as a search for a translation asks for them. */
package org.espalier.engine.decoding;
