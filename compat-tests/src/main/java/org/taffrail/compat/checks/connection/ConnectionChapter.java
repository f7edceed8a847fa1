// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import org.taffrail.compat.kit.Chapter;

import java.util.List;

/** What is checked of connections. */
public final class ConnectionChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter("Connections", List.of(ConnectionCloseChecks.class), List.of());

    private ConnectionChapter() {}
}
