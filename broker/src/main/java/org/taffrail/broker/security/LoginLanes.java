// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Where logins are checked, so that the broker's thread never waits for it.
 *
 * @param lookups runs what is quick but touches a file, in order, one at a time; must take {@code
 *     waitingMax} tasks
 * @param hashes runs the slow hashes, a few at a time; must take {@code waitingMax} tasks
 * @param outside asks others than the broker itself
 * @param home runs a task on the broker's thread, telling it the time, ms since 1970
 * @param waitingMax how many logins may wait; more are refused
 */
public record LoginLanes(
        Executor lookups,
        Executor hashes,
        OutsideLane outside,
        Consumer<LongConsumer> home,
        int waitingMax) {}
