// SPDX-License-Identifier: Apache-2.0
/**
 * Connection factories and destinations by name, from properties and without a naming server. Start
 * with {@link org.taffrail.jms.jndi.TaffrailInitialContextFactory}, which says what may be written.
 */
package org.taffrail.jms.jndi;
