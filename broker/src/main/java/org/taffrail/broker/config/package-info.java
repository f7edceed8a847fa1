// SPDX-License-Identifier: Apache-2.0
/**
 * What a broker can be told: {@link org.taffrail.broker.config.BrokerKeys} declares every key,
 * once, {@link org.taffrail.broker.config.BrokerConfig} holds their values.
 */
package org.taffrail.broker.config;
