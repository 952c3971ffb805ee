/** Judging a trained network on the cluster. */
package org.espalier.averaging.evaluation;
