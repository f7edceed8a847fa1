// SPDX-License-Identifier: Apache-2.0

/**
 * A bundle for an OSGi framework: it watches the readings of a gauge and raises alarms. Read {@link
 * org.taffrail.samples.osgi.GaugeActivator} first, for what is different in a framework: which
 * class loader a thread has.
 */
package org.taffrail.samples.osgi;
