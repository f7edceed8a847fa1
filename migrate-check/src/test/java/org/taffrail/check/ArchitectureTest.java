// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/** What runs inside an application needs nothing that the application does not have. */
class ArchitectureTest {
    private final JavaClasses module =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.taffrail.check");

    @Test
    void insideAnApplicationThereIsJmsAndTheJdkOnly() {
        classes()
                .that()
                .resideInAnyPackage(
                        "org.taffrail.check", "org.taffrail.check.tap", "org.taffrail.check.record")
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.taffrail.check",
                        "org.taffrail.check.tap",
                        "org.taffrail.check.record",
                        "java..",
                        "javax.naming..",
                        "javax.transaction.xa..",
                        "jakarta.jms..")
                .because("any other library could be missing there, or be of another version")
                .check(module);
    }

    @Test
    void whatIsCountedKnowsNothingOfProxies() {
        noClasses()
                .that()
                .resideInAPackage("org.taffrail.check.record")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.taffrail.check", "org.taffrail.check.tap")
                .because("the report reads it as well, without a provider")
                .check(module);
    }
}
