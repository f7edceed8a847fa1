// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.HttpKeys;
import org.taffrail.broker.security.Audit;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A look at all that a configuration names on this machine, as a start would use it: the users
 * file, keys and certificates, the data folder, the address. Changes nothing, and takes no port.
 */
public final class ConfigTrial {
    private final BrokerConfig config;

    /**
     * Makes one.
     *
     * @param config what is to be looked at
     */
    public ConfigTrial(BrokerConfig config) {
        this.config = config;
    }

    /**
     * Looks. Blocks.
     *
     * @return what would keep a broker from starting, a line each
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        lookAtPaths(problems);
        if (!problems.isEmpty()) {
            return problems;
        }
        lookAtFolder(problems);
        attempt(problems, this::readUsers);
        attempt(problems, this::readKeys);
        lookAtAddress(problems, BrokerKeys.HOST, config.get(BrokerKeys.PORT));
        if (config.get(HttpKeys.PORT) >= 0) {
            lookAtAddress(problems, HttpKeys.HOST, config.get(HttpKeys.PORT));
        }
        return problems;
    }

    private void lookAtPaths(List<String> problems) {
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.isPath() && config.get(key) != null) {
                String text = config.get(key).toString();
                try {
                    Path.of(text);
                } catch (InvalidPathException e) {
                    problems.add(key + "=" + text + " is no path: " + e.getReason());
                }
            }
        }
    }

    private static void attempt(List<String> problems, Runnable reading) {
        try {
            reading.run();
        } catch (WireException e) {
            problems.add(e.getMessage());
        }
    }

    private void readUsers() {
        Door door = new Door(config, null, new Audit());
        try {
            door.open();
        } finally {
            door.close();
        }
    }

    private void readKeys() {
        TlsDoor door = TlsDoor.open(config);
        if (door != null) {
            door.close();
        }
    }

    /** A folder that is not there yet is made by the start, if the one above it can be written. */
    private void lookAtFolder(List<String> problems) {
        String text = config.get(BrokerKeys.DATA);
        if (text == null) {
            return;
        }
        Path folder = Path.of(text).toAbsolutePath().normalize();
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            problems.add(BrokerKeys.DATA + "=" + text + ": " + there + " is no folder");
        } else if (!Files.isWritable(there)) {
            problems.add(
                    BrokerKeys.DATA
                            + "="
                            + text
                            + ": "
                            + there
                            + " can't be written by "
                            + System.getProperty("user.name"));
        }
    }

    private void lookAtAddress(List<String> problems, ConfigKey<String> key, long port) {
        String host = config.get(key);
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address) == null) {
                problems.add(key + "=" + host + " is no address of this machine");
                return;
            }
            InetSocketAddress wanted = new InetSocketAddress(address, (int) port);
            attempt(problems, () -> NetworkDoor.requireSafe(config, key, wanted));
        } catch (UnknownHostException e) {
            problems.add(key + "=" + host + " is not known");
        } catch (IOException e) {
            problems.add(key + "=" + host + ": " + e.getMessage());
        }
    }
}
