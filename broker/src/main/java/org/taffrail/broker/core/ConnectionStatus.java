// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What is known of a connection at a moment.
 *
 * @param connection its id
 * @param consumers how many consumers it has, browsers included
 * @param transactions how many transactions it has begun and not ended
 * @param held how many messages its consumers hold
 * @param paused whether nothing is delivered because it does not read fast enough
 */
public record ConnectionStatus(
        long connection, int consumers, int transactions, long held, boolean paused) {}
