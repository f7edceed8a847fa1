// SPDX-License-Identifier: Apache-2.0
/** How a client finds a broker in its own JVM: {@link org.taffrail.wire.local.LocalBrokers}. */
package org.taffrail.wire.local;
