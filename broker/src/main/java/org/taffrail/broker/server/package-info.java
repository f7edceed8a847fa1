// SPDX-License-Identifier: Apache-2.0
/**
 * The assembled broker: start with {@link org.taffrail.broker.server.Broker}. {@link
 * org.taffrail.broker.server.EmbeddedBrokers} runs brokers inside applications.
 */
package org.taffrail.broker.server;
