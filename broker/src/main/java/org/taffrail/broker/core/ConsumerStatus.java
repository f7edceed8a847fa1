// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What is known of a consumer at a moment.
 *
 * @param group its group
 * @param connection its connection
 * @param id its number on that connection
 * @param selector its selector's text, or null
 * @param exclusive whether it wants all messages for itself
 * @param held how many messages it holds
 * @param credit how many more it takes; below 0 where urgent ones came on top
 * @param paused whether nothing is delivered because its connection does not read fast enough
 */
public record ConsumerStatus(
        long group,
        long connection,
        int id,
        String selector,
        boolean exclusive,
        int held,
        int credit,
        boolean paused) {}
