// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kit runs against any provider, so it may know none. */
class ArchitectureTest {
    private static JavaClasses module;

    @BeforeAll
    static void readClasses() {
        module =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages("org.taffrail.compat");
    }

    @Test
    void classesWereRead() {
        assertFalse(module.isEmpty(), "no class of this module was found, so no rule was checked");
    }

    @Test
    void importsNoProvider() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.taffrail.compat..",
                        "java..",
                        "jakarta.jms..",
                        "javax.naming..",
                        "javax.transaction.xa..",
                        "org.slf4j..",
                        "picocli..",
                        "org.HdrHistogram..")
                .because("a kit that knew one provider could not be held against another")
                .check(module);
    }
}
