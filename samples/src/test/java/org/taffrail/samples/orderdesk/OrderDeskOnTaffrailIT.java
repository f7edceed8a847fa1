// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.JMSException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.naming.NamingException;

/** The order desk on a Taffrail broker in this process, on a folder and in memory. */
class OrderDeskOnTaffrailIT extends OrderDeskContract {
    private static final String JNDI_PROPERTIES = "/orderdesk/taffrail.jndi.properties";

    @TempDir private Path folder;

    private DeskOnProvider desk;

    @BeforeEach
    void install() throws IOException {
        String url = "taffrail:embedded?dir=" + folder.resolve("data");
        desk = new DeskOnProvider(folder, JNDI_PROPERTIES, url);
    }

    @Override
    DeskOnProvider desk() {
        return desk;
    }

    @Test
    void accountsForEveryOrderExactlyOnceInMemory()
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        Path inMemory = Files.createDirectory(folder.resolve("conf"));
        DeskOnProvider desk = new DeskOnProvider(inMemory, JNDI_PROPERTIES, "taffrail:embedded");

        OrderDeskContract.checkDay(desk.run(DeskOptions.DEFAULT), DeskOptions.DEFAULT);
    }

    @Test
    void runsTwiceOnOneFolder()
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        DeskOptions options = DeskOptions.DEFAULT.withOrders(150);

        OrderDeskContract.checkDay(desk.run(options), options);
        OrderDeskContract.checkDay(desk.run(options), options);
    }
}
