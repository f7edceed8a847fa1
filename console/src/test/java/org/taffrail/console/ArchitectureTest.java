// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The layers of the console: it assembles api, health, metrics and visit; http stands below. */
class ArchitectureTest {
    private static final String ROOT = "org.taffrail.console.";

    private final JavaClasses console =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(new ImportOption.DoNotIncludeJars())
                    .importPackages("org.taffrail.console");

    private void onlySees(String layer, String because, String... others) {
        String[] hidden = {"api..", "health..", "metrics..", "visit..", "http.."};
        for (String each : hidden) {
            if (!each.equals(layer) && !List.of(others).contains(each)) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + layer)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + each)
                        .because(because)
                        .check(console);
            }
        }
    }

    @Test
    void eachLayerSeesOnlyWhatStandsBelowIt() {
        assertFalse(console.isEmpty());
        onlySees("http..", "requests are checked without knowing what they are for");
        onlySees("visit..", "the way in knows who asks, and not what", "http..");
        onlySees("metrics..", "figures are the same however they are shown");
        onlySees("health..", "health must not depend on what may be slow");
        onlySees("api..", "the API is what all of these are for", "http..", "visit..", "metrics..");
    }

    private void onlyOneSees(String layer, String library, String because) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + layer)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(because)
                .check(console);
    }

    @Test
    void eachLibraryIsKnownToOnePackage() {
        onlyOneSees("metrics..", "io.micrometer..", "meters can be replaced in one place");
        onlyOneSees("http..", "com.sun.net..", "the server can be replaced in one place");
    }

    @Test
    void usersAndRightsAreTheBrokers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.taffrail.broker.security..")
                .because("whoever asks comes through the broker's own door")
                .check(console);
    }
}
