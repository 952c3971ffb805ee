/**
 * The IDX files in which MNIST and its look-alikes are published, checked to the last byte before
 * anything is made of them.
 */
package org.espalier.datasets.idx;
