// SPDX-License-Identifier: Apache-2.0
/**
 * Messages on their way into message-driven beans. Read {@link org.taffrail.ra.inbound.Activation}
 * first: one bean's endpoint, from its deployment to its end.
 */
package org.taffrail.ra.inbound;
