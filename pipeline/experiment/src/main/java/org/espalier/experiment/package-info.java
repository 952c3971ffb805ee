/**
 * An experiment from its configuration to its results: resolve, validate, train, evaluate, record.
 */
package org.espalier.experiment;
