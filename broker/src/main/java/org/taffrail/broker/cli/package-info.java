// SPDX-License-Identifier: Apache-2.0
/** The broker's commands: start with {@link org.taffrail.broker.cli.Main}. */
package org.taffrail.broker.cli;
