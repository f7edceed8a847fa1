// SPDX-License-Identifier: Apache-2.0
/**
 * What is wrong with a broker, in plain words: each class judges one kind of facts and finds {@link
 * org.taffrail.broker.cli.doctor.Finding}s. Who gathers the facts is elsewhere, but for files,
 * which are looked at here. Start with {@link org.taffrail.broker.cli.doctor.Finding}.
 */
package org.taffrail.broker.cli.doctor;
