/** Judging a trained network on the cluster. */
package org.espalier.evaluation;
