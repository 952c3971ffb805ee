/**
 * In which order rows are read: pure functions, the same on every machine and after every retry.
 */
package org.espalier.datasets.order;
