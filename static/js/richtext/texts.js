// The editor's own words, in the page's language.

const ZH = {
  toolbar: "文字格式",
  undo: "撤销",
  redo: "重做",
  bold: "加粗",
  italic: "斜体",
  heading: "标题",
  subheading: "小标题",
  bulletList: "项目列表",
  orderedList: "编号列表",
  quote: "引用",
  link: "链接",
  table: "插入表格",
  addRow: "加行",
  addColumn: "加列",
  deleteRow: "删行",
  deleteColumn: "删列",
  headerRow: "表头行",
  deleteTable: "删除表格",
  removePicture: "移除图片",
  caption: "图片说明",
  linkAddress: "网址",
  linkHint: "例如 https://www.example.cn 或电子邮箱地址",
  linkText: "显示的文字",
  linkWrong: "请输入完整的网址或电子邮箱地址。",
  save: "确定",
  removeLink: "移除链接",
  cancel: "取消",
};

const EN = {
  toolbar: "Formatting",
  undo: "Undo",
  redo: "Redo",
  bold: "Bold",
  italic: "Italic",
  heading: "Heading",
  subheading: "Subheading",
  bulletList: "Bulleted list",
  orderedList: "Numbered list",
  quote: "Quotation",
  link: "Link",
  table: "Insert table",
  addRow: "Add row",
  addColumn: "Add column",
  deleteRow: "Delete row",
  deleteColumn: "Delete column",
  headerRow: "Header row",
  deleteTable: "Delete table",
  removePicture: "Remove picture",
  caption: "Caption",
  linkAddress: "Address",
  linkHint: "For example https://www.example.org or an e-mail address",
  linkText: "Text to show",
  linkWrong: "Enter a whole web address or an e-mail address.",
  save: "Done",
  removeLink: "Remove link",
  cancel: "Cancel",
};

export const LANGUAGES = { zh: ZH, en: EN };

export function texts(language = document.documentElement.lang) {
  return /^zh\b/i.test(language) ? ZH : EN;
}
