/**
 * A task as a user would add it: strings of digits are read, and written from their end to their
 * beginning. Rows, source, batches, judge and network are all here.
 */
package org.espalier.experiment.reversal;
