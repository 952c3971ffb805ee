/**
 * Masked parameter averaging as a dl4j-spark training master: what an existing program puts in the
 * place of the one it has.
 */
package org.espalier.dl4jspark;
