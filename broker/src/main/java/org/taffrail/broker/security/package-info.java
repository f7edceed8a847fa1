// SPDX-License-Identifier: Apache-2.0
/** Who a client is: start with {@link org.taffrail.broker.security.Authenticator}. */
package org.taffrail.broker.security;
