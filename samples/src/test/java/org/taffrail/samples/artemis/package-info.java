// SPDX-License-Identifier: Apache-2.0

/**
 * An Apache ActiveMQ Artemis server for tests, in a process of its own. Read {@code ArtemisProcess}
 * first: tests start it and use nothing else.
 */
package org.taffrail.samples.artemis;
