// SPDX-License-Identifier: Apache-2.0
/** The command line. Start with {@link org.taffrail.migrate.cli.MigrateCommand}. */
package org.taffrail.migrate.cli;
