/** Texts in UTF-8, a sentence per line. */
package org.espalier.text.lines;
