/**
 * The binary files in which CIFAR-10 is published, checked to the last byte before anything is made
 * of them.
 */
package org.espalier.datasets.cifar;
