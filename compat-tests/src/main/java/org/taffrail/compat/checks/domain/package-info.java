// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of the interfaces of one messaging domain, queues or topics, that JMS 1.0 began with and
 * that sections 2.9 and 9.2 keep. {@link org.taffrail.compat.checks.domain.DomainChapter} lists
 * them.
 */
package org.taffrail.compat.checks.domain;
