// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.samples.artemis.ArtemisProcess;

import java.io.IOException;
import java.nio.file.Path;

/** The order desk on an Artemis server in a process of its own. */
@EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
class OrderDeskOnArtemisIT extends OrderDeskContract {
    @TempDir private Path folder;

    private ArtemisProcess server;
    private DeskOnProvider desk;

    @BeforeEach
    void startServer() throws IOException, InterruptedException {
        server = ArtemisProcess.start(folder.resolve("data"));
        desk = new DeskOnProvider(folder, "/orderdesk/artemis.jndi.properties", server.url());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    DeskOnProvider desk() {
        return desk;
    }
}
