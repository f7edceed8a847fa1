// SPDX-License-Identifier: Apache-2.0
/** A bridge and two providers as processes. Start with MigrateIT. */
package org.taffrail.migrate.process;
