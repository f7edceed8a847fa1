// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..",
                        "picocli..")
                .because("a kit that knew one provider could not be held against another")
                .check(module);
    }

    @Test
    void everyPackageSeesOnlyWhatStandsBelowIt() {
        // from top to bottom; what stands side by side is in one line
        String[][] layers = {{"cli"}, {"checks", "report", "peer"}, {"run", "provider"}, {"kit"}};
        for (int above = 0; above < layers.length; above++) {
            for (String upper : layers[above]) {
                for (int below = above; below < layers.length; below++) {
                    for (String lower : layers[below]) {
                        if (!lower.equals(upper)) {
                            mustNotSee(lower, upper);
                        }
                    }
                }
            }
        }
        mustNotSee("checks", "provider");
        mustNotSee("checks", "run");
    }

    private static void mustNotSee(String lower, String upper) {
        noClasses()
                .that()
                .resideInAPackage("org.taffrail.compat." + lower + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.taffrail.compat." + upper + "..")
                .because(
                        "checks know nothing but the kit they are written with, and what runs them"
                                + " knows nothing of who asked for it")
                .check(module);
    }
}
