// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * What a latency run does.
 *
 * @param destination where it sends to and receives from
 * @param sending its producers
 * @param receiving its consumers
 * @param pace how fast and for how long
 */
public record LatencyPlan(
        DestinationName destination, Sending sending, Receiving receiving, Pace pace) {}
