// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** WildFly, with its configuration {@code standalone.xml} and what the administrator adds to it. */
final class WildFly implements ApplicationServer {
    /** Started, without errors or with some. */
    private static final Pattern STARTED = Pattern.compile("WFLYSRV0025|WFLYSRV0026");

    private final Path home = Setting.unpacked("wildfly-");
    private final Setting setting;
    private final Path base;
    private final Path modules;
    private JavaProcess process;

    WildFly(Setting setting) {
        this.setting = setting;
        base = setting.folder().resolve("standalone");
        modules = setting.folder().resolve("modules");
        configure();
    }

    private void configure() {
        Setting.copyAll(home.resolve("standalone"), base);
        Path driver = modules.resolve(Path.of("org", "taffrail", "h2", "main"));
        setting.copy("taffrail.h2", driver.resolve("h2.jar"));
        setting.write(driver.resolve("module.xml"), setting.filled("/wildfly/module.xml"));
        Path deployments = base.resolve("deployments");
        setting.copy("taffrail.rar", deployments.resolve("taffrail.rar"));
        setting.copy("taffrail.war", deployments.resolve("orders.war"));
        Path file = base.resolve(Path.of("configuration", "standalone.xml"));
        try {
            String xml = Files.readString(file);
            xml =
                    replaced(
                            xml,
                            "<subsystem xmlns=\"urn:jboss:domain:resource-adapters:7.1\"/>",
                            setting.filled("/wildfly/resource-adapters.xml"));
            xml =
                    replaced(
                            xml,
                            "<drivers>",
                            setting.filled("/wildfly/datasource.xml")
                                    + "<drivers><driver name=\"orders-h2\" module=\"org.taffrail.h2\">"
                                    + "<xa-datasource-class>org.h2.jdbcx.JdbcDataSource"
                                    + "</xa-datasource-class></driver>");
            xml =
                    replaced(
                            xml,
                            "<pools>",
                            "<mdb><resource-adapter-ref resource-adapter-name=\"taffrail.rar\"/>"
                                    + "<bean-instance-pool-ref pool-name=\"mdb-strict-max-pool\"/>"
                                    + "</mdb><pools>");
            xml =
                    replaced(
                            xml,
                            "<spec-descriptor-property-replacement>",
                            "<global-modules><module name=\"jakarta.jms.api\"/></global-modules>"
                                    + "<spec-descriptor-property-replacement>");
            setting.write(file, xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replaced(String xml, String what, String by) {
        String changed = xml.replace(what, by);
        assertNotEquals(xml, changed, "nowhere " + what);
        return changed;
    }

    @Override
    public void start() {
        process =
                new JavaProcess(
                        setting.folder().resolve("wildfly.log"),
                        List.of(
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                                "--add-opens=java.base/java.io=ALL-UNNAMED",
                                "--add-opens=java.base/java.net=ALL-UNNAMED",
                                "--add-opens=java.base/java.security=ALL-UNNAMED",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                                "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                                "-Djava.net.preferIPv4Stack=true",
                                "-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"),
                                "-Dlogging.configuration=file:"
                                        + base.resolve("configuration")
                                        + "/logging.properties",
                                "-Djboss.home.dir=" + home,
                                "-Djboss.server.base.dir=" + base,
                                "-Djboss.http.port=0",
                                "-Djboss.https.port=0",
                                "-Djboss.management.http.port=0",
                                "-Djboss.tx.node.id=orders",
                                // recovery looks every two seconds, not every two minutes
                                "-Dcom.arjuna.ats.arjuna.common.RecoveryEnvironmentBean"
                                        + ".periodicRecoveryPeriod=2",
                                "-Dcom.arjuna.ats.arjuna.common.RecoveryEnvironmentBean"
                                        + ".recoveryBackoffPeriod=1",
                                // and a branch without a decision is old after two
                                "-Dcom.arjuna.ats.jta.common.JTAEnvironmentBean"
                                        + ".orphanSafetyInterval=2000",
                                "-jar",
                                home.resolve("jboss-modules.jar").toString(),
                                "-mp",
                                home.resolve("modules") + File.pathSeparator + modules,
                                "org.jboss.as.standalone"));
        assertEquals("WFLYSRV0025", process.await(STARTED), () -> process.output());
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public String log() {
        return process.output();
    }
}
