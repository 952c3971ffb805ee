/** Parameters and optimiser state as files: a vector in parts, each written where it lies. */
package org.espalier.averaging.parts;
