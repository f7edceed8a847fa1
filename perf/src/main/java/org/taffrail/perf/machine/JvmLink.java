// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A connection to another JVM of this machine, to ask it what it uses. Any Java broker can be
 * asked: it needs no option and no port for that.
 */
public final class JvmLink implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection connection;
    private final OperatingSystemMXBean system;
    private final ThreadMXBean threads;

    private JvmLink(JMXConnector connector) throws IOException {
        this.connector = connector;
        connection = connector.getMBeanServerConnection();
        system =
                ManagementFactory.newPlatformMXBeanProxy(
                        connection,
                        ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
                        OperatingSystemMXBean.class);
        threads =
                ManagementFactory.newPlatformMXBeanProxy(
                        connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /**
     * Attaches to a JVM and has it listen on loopback for those who have its answer.
     *
     * @param pid its process, of the same user
     * @return the address for {@link #open}
     * @throws IOException if it can't be attached to
     */
    public static String startAgent(long pid) throws IOException {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw new IOException("this Java has no module jdk.attach");
        }
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    /**
     * Connects.
     *
     * @param address of {@link #startAgent}, asked for by any process of this user
     * @return the connection
     * @throws IOException if it can't be opened
     */
    public static JvmLink open(String address) throws IOException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        try {
            return new JvmLink(connector);
        } catch (IOException | RuntimeException e) {
            connector.close();
            throw e;
        }
    }

    /**
     * The processor time that the JVM has used; on Linux it advances in steps of 10 ms.
     *
     * @return nanoseconds of all its threads, ended ones too
     */
    public long cpuNs() {
        return system.getProcessCpuTime();
    }

    /**
     * What the JVM's threads have allocated.
     *
     * @return the present state
     */
    public ThreadAllocation allocation() {
        return ThreadAllocation.of(threads);
    }

    /**
     * Begins to note what the JVM writes to files, and its forces.
     *
     * @return the recording
     * @throws IOException if the JVM has no flight recorder, or the connection is lost
     */
    public FileRecording recordFiles() throws IOException {
        return FileRecording.start(connection);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
