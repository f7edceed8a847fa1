// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured of a broker: {@link org.taffrail.console.metrics.Sampler} takes all figures now
 * and then, a page at a time, and {@link org.taffrail.console.metrics.Metrics} makes meters of
 * them.
 */
package org.taffrail.console.metrics;
