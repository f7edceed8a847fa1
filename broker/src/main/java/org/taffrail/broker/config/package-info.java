// SPDX-License-Identifier: Apache-2.0
/**
 * What a broker can be told: {@link org.taffrail.broker.config.BrokerConfig} declares every key,
 * once.
 */
package org.taffrail.broker.config;
