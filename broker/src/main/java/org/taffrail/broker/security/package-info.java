// SPDX-License-Identifier: Apache-2.0
/**
 * Who a client is: start with {@link org.taffrail.broker.security.Authenticator}. Users stand in a
 * file, {@link org.taffrail.broker.security.Users}.
 */
package org.taffrail.broker.security;
