// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A sample is an application: it moves to another provider by editing jndi.properties. */
class ArchitectureTest {
    private static JavaClasses module;

    @BeforeAll
    static void readClasses() {
        module =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages("org.taffrail.samples");
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
                        "org.taffrail.samples..",
                        "java..",
                        "jakarta.jms..",
                        "javax.naming..",
                        "org.slf4j..",
                        "org.HdrHistogram..",
                        // the other parties to a global transaction, see below
                        "javax.sql..",
                        "javax.transaction.xa..",
                        "jakarta.transaction..",
                        "com.arjuna..",
                        "org.h2..")
                .because("an application that imports a provider cannot be moved to another")
                .check(module);
    }

    @Test
    void onlyTheXaSampleKnowsATransactionManagerAndADatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.taffrail.samples.xa")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.transaction..", "com.arjuna..", "org.h2..")
                .because("an application that needs neither should not have to have them")
                .check(module);
    }
}
