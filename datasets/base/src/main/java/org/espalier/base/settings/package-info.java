/**
 * The values of a configuration, whatever file they came from: keys are declared by what reads
 * them, collected, and checked together.
 */
package org.espalier.base.settings;
