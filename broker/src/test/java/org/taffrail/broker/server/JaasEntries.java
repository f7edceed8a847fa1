// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import java.util.HashMap;
import java.util.Map;

import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

/** The JVM's JAAS configuration, as a file would make it. */
final class JaasEntries extends Configuration {
    private final Map<String, AppConfigurationEntry> entries = new HashMap<>();

    void put(String name, String module, Map<String, String> options) {
        entries.put(
                name, new AppConfigurationEntry(module, LoginModuleControlFlag.REQUIRED, options));
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        AppConfigurationEntry entry = entries.get(name);
        return entry == null ? null : new AppConfigurationEntry[] {entry};
    }

    /** Has the JVM take it; returns what it had before, or null. */
    Configuration install() {
        Configuration before;
        try {
            before = Configuration.getConfiguration();
        } catch (SecurityException e) {
            before = null; // the JVM has none
        }
        Configuration.setConfiguration(this);
        return before;
    }
}
