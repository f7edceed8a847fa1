// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Wire stands below everything, so it may know nothing but the JDK. */
class ArchitectureTest {
    private static JavaClasses wire;

    @BeforeAll
    static void readClasses() {
        wire =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages("org.taffrail.wire");
    }

    @Test
    void classesWereRead() {
        assertFalse(wire.isEmpty(), "no class of wire was found, so no rule was checked");
    }

    @Test
    void wireImportsNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.taffrail.wire..", "java..")
                .because(
                        "client and broker both carry wire, and whatever it depended on would reach"
                                + " every application")
                .check(wire);
    }

    @Test
    void packagesOfWireFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("org.taffrail.(wire..)")
                .should()
                .beFreeOfCycles()
                .because("of two packages that know each other neither can be read first")
                .allowEmptyShould(true)
                .check(wire);
    }
}
