namespace Repave.EndToEnd.Tests.Protocol;

/// <summary>A file of one dialect that gives a language server something to say: a finding, names that lead somewhere, a comment that names
/// a rule, and an edit that changes what runs.</summary>
/// <param name="Dialect">The dialect's name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Path">The file.</param>
/// <param name="Before">What it says in the baseline.</param>
/// <param name="From">What the edit replaces.</param>
/// <param name="To">By what.</param>
internal sealed record LanguageExample(string Dialect, string Title, string Path, string Before, string From, string To)
{
    /// <summary>One for each dialect.</summary>
    public static IReadOnlyList<LanguageExample> All { get; } =
    [
        new("ansible", "Ansible", "site.yml",
            """
            # repave: ignore RPV1001 -- an example
            - name: Servers
              hosts: web
              becom: true
              tasks:
                - name: Install nginx
                  ansible.builtin.apt:
                    name: nginx=before
                  notify: Restart nginx
              handlers:
                - name: Restart nginx
                  ansible.builtin.service:
                    name: nginx
                    state: restarted
            """ + "\n",
            "before", "after"),
        new("bake", "Bake", "docker-bake.hcl",
            """
            # repave: ignore RPV1001 -- an example
            variable "TAG" {
              default = "1.4.2"
            }
            target "base" {
              dockerfile = "Dockerfile"
            }
            target "web" {
              inherits = ["base"]
              tags     = ["shop/web:${TAG}"]
            }
            """ + "\n",
            "1.4.2", "1.4.3"),
        new("cloudformation", "CloudFormation", "template.yaml",
            """
            AWSTemplateFormatVersion: "2010-09-09"
            # repave: ignore RPV1501 -- an example
            Parameters:
              Size: {Type: String, Default: t3.micro}
            Resources:
              Group:
                Type: AWS::EC2::SecurityGroup
                Properties:
                  GroupDescription: before
              Web:
                Type: AWS::EC2::Instance
                Properties:
                  InstanceType: !Ref Size
                  ImageId: ami-0a1b2c3d4e5f60718
                  SecurityGroupIds: [!GetAtt Group.GroupId]
                  Monitorin: true
            """ + "\n",
            "before", "after"),
        new("cloudinit", "cloud-init", "user-data",
            """
            #cloud-config
            # repave: ignore RPV1119 -- an example
            package_update: true
            packages: [curl]
            bootcmd:
              - apt-get update && apt-get install -y nginx
            write_files:
              - path: /etc/a.conf
                content: a
                permission: "0644"
            """ + "\n",
            "[curl]", "[jq]"),
        new("compose", "Compose", "compose.yaml",
            """
            # repave: ignore RPV1001 -- an example
            services:
              web:
                image: shop/web:1.4.2
                networks: [front]
                depends_on: [db]
                restart: always
                prots: ["80:80"]
              db:
                image: postgres:latest
                volumes: ["data:/var/lib/postgresql/data"]
            networks:
              front: {}
            volumes:
              data: {}
            """ + "\n",
            "1.4.2", "1.4.3"),
        new("dockerfile", "Dockerfile", "Dockerfile",
            """
            # repave: ignore RPV1001 -- an example
            FROM debian:latest AS build
            ARG VERSION=1.4.2
            RUN apt-get update && \
                apt-get upgrade -y
            FROM scratch as final
            COPY --from=build /bin/sh /bin/sh
            CMD ["/bin/sh", "-c", "echo $VERSION"]
            """ + "\n",
            "1.4.2", "1.4.3"),
        new("ignition", "Ignition and Butane", "host.bu",
            """
            # repave: ignore RPV1001 -- an example
            variant: fcos
            version: 1.5.0
            storage:
              files:
                - path: /etc/hostname
                  mode: 0644
                  contents:
                    inline: before
                  overwrit: true
            systemd:
              units:
                - name: web.service
                  enabled: true
            """ + "\n",
            "before", "after"),
        new("imagebuilder", "Image Builder", "component.yml",
            """
            # repave: ignore RPV1001 -- an example
            name: Install
            schemaVersion: 1.0
            phases:
              - name: build
                steps:
                  - name: Install
                    action: ExecuteBash
                    inputs:
                      commands: [echo before]
                    onFail: Abort
            """ + "\n",
            "before", "after"),
        new("kubernetes", "Kubernetes", "web.yaml",
            """
            # repave: ignore RPV1002 -- an example
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              level: info
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              resourceVersion: "1"
            spec:
              replicas: 2
              selector:
                matchLabels: {app: web}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  containers:
                    - name: web
                      image: shop/web:1.4.2
                      imagePulPolicy: Always
                      envFrom:
                        - configMapRef:
                            name: settings
            """ + "\n",
            "1.4.2", "1.4.3"),
        new("packer", "Packer", "image.pkr.hcl",
            """
            # repave: ignore RPV1001 -- an example
            variable "region" {
              type = string
            }
            source "docker" "web" {
              image = "debian:latest"
              commit = true
              message = var.region
            }
            build {
              sources = ["source.docker.web"]
              provisioner "shell" {
                inline = ["echo before"]
              }
            }
            """ + "\n",
            "before", "after"),
        new("talos", "Talos", "worker.yaml",
            """
            # repave: ignore RPV1001 -- an example
            version: v1alpha1
            machine:
              type: worker
              install:
                image: ghcr.io/siderolabs/installer:latest
              sysctls:
                net.core.somaxconn: before
              kubelett: {}
            """ + "\n",
            "before", "after"),
        new("terraform", "Terraform", "main.tf",
            """
            # repave: ignore RPV1503 -- an example
            variable "vpc" {
              type = string
              default = "vpc-1"
            }
            resource "aws_security_group" "web" {
              name = "before"
              description = "web"
              vpc_id = var.vpc
              tagz = {}
            }
            resource "aws_instance" "web" {
              ami = "ami-0a1b2c3d4e5f60718"
              instance_type = "t3.micro"
              vpc_security_group_ids = [aws_security_group.web.id]
            }
            """ + "\n",
            "before", "after"),
    ];

    /// <summary>What is open in the editor.</summary>
    public string After => Before.Replace(From, To, StringComparison.Ordinal);
}
