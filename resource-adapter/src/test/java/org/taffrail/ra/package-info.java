// SPDX-License-Identifier: Apache-2.0
/**
 * The adapter against a broker in this JVM. The server is a fake: {@link
 * org.taffrail.ra.FakeServer} has its threads, {@link org.taffrail.ra.FakeBeans} its beans and
 * their transactions.
 */
package org.taffrail.ra;
