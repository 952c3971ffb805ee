/** Text to words, as scores of translations count them. */
package org.espalier.text.tokens;
