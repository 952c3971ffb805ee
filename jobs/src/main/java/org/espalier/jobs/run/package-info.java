/** Training, and what is done with runs. */
package org.espalier.jobs.run;
