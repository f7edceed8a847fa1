// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.cli.ConformanceCommand;
import org.taffrail.compat.kit.CheckCase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class ConformanceDocTest {
    private static final Path DOCS = Path.of(System.getProperty("taffrail.root"), "docs");

    @Test
    void theDocumentSaysWhatTheChecksSay() throws IOException {
        assertEquals(
                ConformanceCommand.page(DOCS.resolve("jms-choices.properties")),
                Files.readString(DOCS.resolve("jms-conformance.md")),
                "run: bin/taffrail compat conformance docs/jms-choices.properties"
                        + " > docs/jms-conformance.md");
    }

    @Test
    void everyCheckHasAnIdOfItsOwnASectionASentenceAndFittingMarks() {
        List<CheckCase> checks = CheckCase.of(Catalogue.CHAPTERS);
        Set<String> ids = new HashSet<>();
        for (CheckCase check : checks) {
            assertTrue(ids.add(check.id()), () -> "twice: " + check.id());
            assertTrue(
                    check.check().section().matches("\\d+(\\.\\d+)*|api:\\w+(\\.\\w+)?"),
                    () -> check.id() + ": section " + check.check().section());
            assertTrue(check.check().says().endsWith("."), () -> check.id() + ": no sentence");
            assertTrue(
                    check.check().restarts() || !check.check().kills(),
                    () -> check.id() + ": kills, but does not restart");
        }
    }
}
